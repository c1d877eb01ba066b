#include "core/file.h"
#include "core/rescue/child_watch.h"

#include <array>
#include <thread>
#include <windows.h>

namespace updater {
namespace {

class Handle {
public:
    explicit Handle(HANDLE handle = nullptr) : m_handle(handle) {}
    ~Handle() { close(); }
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;

    HANDLE get() const { return m_handle; }
    HANDLE* place() { return &m_handle; }
    explicit operator bool() const
    {
        return m_handle != nullptr && m_handle != INVALID_HANDLE_VALUE;
    }
    void close()
    {
        if (*this) CloseHandle(m_handle);
        m_handle = nullptr;
    }

private:
    HANDLE m_handle;
};

std::string lastError()
{
    return "error " + std::to_string(GetLastError());
}

/// Names the handles that a child gets; it inherits no others, whatever other threads open.
class InheritedHandles {
public:
    explicit InheritedHandles(std::array<HANDLE, 2> handles) : m_handles(handles)
    {
        SIZE_T bytes = 0;
        InitializeProcThreadAttributeList(nullptr, 1, 0, &bytes);
        m_storage.resize(bytes);
        InitializeProcThreadAttributeList(get(), 1, 0, &bytes);
        m_isGood =
            UpdateProcThreadAttribute(get(), 0, PROC_THREAD_ATTRIBUTE_HANDLE_LIST, m_handles.data(),
                                      sizeof m_handles, nullptr, nullptr) != 0;
    }
    ~InheritedHandles() { DeleteProcThreadAttributeList(get()); }
    InheritedHandles(const InheritedHandles&) = delete;
    InheritedHandles& operator=(const InheritedHandles&) = delete;

    bool isGood() const { return m_isGood; }
    LPPROC_THREAD_ATTRIBUTE_LIST get()
    {
        return reinterpret_cast<LPPROC_THREAD_ATTRIBUTE_LIST>(m_storage.data());
    }

private:
    std::array<HANDLE, 2> m_handles;
    std::vector<std::byte> m_storage;
    bool m_isGood = false;
};

/// A job whose processes all end when its last handle is closed, ours, however we end.
Result<> makeJob(Handle& job)
{
    *job.place() = CreateJobObjectW(nullptr, nullptr);
    JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits{};
    limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE;
    if (!job || SetInformationJobObject(job.get(), JobObjectExtendedLimitInformation, &limits,
                                        sizeof limits) == 0)
        return fail(ErrorCode::InternalError, "a job object: " + lastError());
    return {};
}

/// As CommandLineToArgvW and every C runtime take it apart: backslashes count double before a
/// quotation mark only.
std::wstring quoted(const std::wstring& word)
{
    std::wstring text = L"\"";
    std::size_t backslashes = 0;
    for (const wchar_t c : word) {
        if (c == L'"') text.append(backslashes + 1, L'\\');
        backslashes = c == L'\\' ? backslashes + 1 : 0;
        text += c;
    }
    text.append(backslashes, L'\\');
    return text + L'"';
}

std::wstring commandLineOf(const ChildCommand& command)
{
    std::wstring line = quoted(command.program.wstring());
    for (const std::string& word : command.arguments)
        line += L' ' + quoted(pathOf(word).wstring()); // words are in UTF-8
    return line;
}

/// Only what Windows programs cannot do without; empty: everything of ours.
std::wstring variablesFor(const ChildCommand& command)
{
    if (command.keepsVariables) return {};
    std::array<wchar_t, MAX_PATH> folder{};
    GetSystemWindowsDirectoryW(folder.data(), UINT{folder.size()});
    const std::wstring root = folder.data();
    return L"PATH=" + root + L"\\System32" + L'\0' + L"SystemRoot=" + root + L'\0';
}

/// The running program. Its job dies with this.
struct Child {
    Handle job;
    Handle process;
    Handle input; ///< what it says

    bool hasEnded() const { return WaitForSingleObject(process.get(), 0) == WAIT_OBJECT_0; }
    int exitCode() const
    {
        DWORD code = 0;
        GetExitCodeProcess(process.get(), &code);
        return static_cast<int>(code);
    }
};

Result<> start(const ChildCommand& command, Child& child)
{
    TRY(makeJob(child.job));
    SECURITY_ATTRIBUTES inherited{sizeof inherited, nullptr, TRUE};
    Handle output;
    const Handle nothing(
        CreateFileW(L"NUL", GENERIC_READ, 0, &inherited, OPEN_EXISTING, 0, nullptr));
    if (CreatePipe(child.input.place(), output.place(), &inherited, 0) == 0 || !nothing)
        return fail(ErrorCode::InternalError, "a pipe: " + lastError());
    InheritedHandles handles({nothing.get(), output.get()});
    if (!handles.isGood()) return fail(ErrorCode::InternalError, "the child's handles");

    STARTUPINFOEXW startup{};
    startup.StartupInfo.cb = sizeof startup;
    startup.StartupInfo.dwFlags = STARTF_USESTDHANDLES;
    startup.StartupInfo.hStdInput = nothing.get();
    startup.StartupInfo.hStdOutput = output.get();
    startup.StartupInfo.hStdError = output.get();
    startup.lpAttributeList = handles.get();
    std::wstring line = commandLineOf(command);
    std::wstring variables = variablesFor(command);
    constexpr DWORD flags = EXTENDED_STARTUPINFO_PRESENT | CREATE_UNICODE_ENVIRONMENT |
                            CREATE_NO_WINDOW | CREATE_SUSPENDED;
    PROCESS_INFORMATION made{};
    if (CreateProcessW(command.program.c_str(), line.data(), nullptr, nullptr, TRUE, flags,
                       variables.empty() ? nullptr : variables.data(), command.folder.c_str(),
                       &startup.StartupInfo, &made) == 0)
        return fail(ErrorCode::ProgrammerMissing, command.program.string() + ": " + lastError());
    *child.process.place() = made.hProcess;
    const Handle thread(made.hThread);
    // Before its first instruction, so that nothing that it starts escapes.
    if (AssignProcessToJobObject(child.job.get(), made.hProcess) == 0) {
        TerminateProcess(made.hProcess, 1);
        return fail(ErrorCode::InternalError, "the job object: " + lastError());
    }
    ResumeThread(thread.get());
    return {};
}

/// Reads what is there, without waiting. False if there was nothing.
bool readSome(HANDLE input, Heard& heard)
{
    std::array<char, 4096> buffer{};
    DWORD waiting = 0;
    DWORD count = 0;
    if (PeekNamedPipe(input, nullptr, 0, nullptr, &waiting, nullptr) == 0 || waiting == 0 ||
        ReadFile(input, buffer.data(), DWORD{buffer.size()}, &count, nullptr) == 0)
        return false;
    heard.take({buffer.data(), count});
    return count > 0;
}

} // namespace

Result<ChildResult> runChild(const ChildCommand& command, const std::stop_token& stop)
{
    TRY(checkBeforeStart(command, stop));
    Child child;
    TRY(start(command, child));
    Heard heard{command.listener};
    const auto listen = [&] {
        if (!readSome(child.input.get(), heard)) std::this_thread::sleep_for(childSlice);
    };
    TRY(watchChild(
        command, [&child] { return child.hasEnded(); }, heard, listen, stop));
    constexpr UINT killed = 128 + 9; // as after SIGKILL
    TerminateJobObject(child.job.get(), killed);
    constexpr DWORD patienceMs = 10'000;
    if (WaitForSingleObject(child.process.get(), patienceMs) != WAIT_OBJECT_0)
        return fail(ErrorCode::InternalError, command.program.string() + " cannot be ended");
    while (readSome(child.input.get(), heard)) {
    }
    return ChildResult{child.exitCode(), std::move(heard.output)};
}

} // namespace updater
