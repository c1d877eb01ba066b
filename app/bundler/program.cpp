#include "bundler/program.h"

#include "bundler/command.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <functional>

namespace bundler {

namespace {

using Run = std::function<Result<>(std::ostream&)>;

/// A subcommand whose options live as long as the parser.
template <typename Options>
CLI::App* define(CLI::App& app, const char* name, const char* purpose, Options& options,
                 Result<> (*command)(const Options&, std::ostream&), Run& run)
{
    CLI::App* subcommand = app.add_subcommand(name, purpose);
    subcommand->callback([&options, &run, command] {
        run = [&options, command](std::ostream& out) { return command(options, out); };
    });
    return subcommand;
}

struct AllOptions {
    KeygenOptions keygen;
    PubkeyOptions pubkey;
    CreateOptions create;
    InspectOptions inspect;
    VerifyOptions verify;
    ExportDfuOptions exportDfu;
    ExportImageOptions exportImage;
    FactoryOptions factory;
};

void defineKeyCommands(CLI::App& app, AllOptions& options, Run& run)
{
    CLI::App* keygenCommand =
        define(app, "keygen", "Make a new signing key", options.keygen, &keygen, run);
    keygenCommand->add_option("-o,--output", options.keygen.output, "New PEM file")->required();

    CLI::App* pubkeyCommand = define(app, "pubkey", "Print a key's entry for branding.json",
                                     options.pubkey, &pubkey, run);
    pubkeyCommand->add_option("key", options.pubkey.key, "PEM file")->required();
    pubkeyCommand->add_option("--index", options.pubkey.index, "Key index");
    pubkeyCommand->add_option("--name", options.pubkey.name, "Name for people");
}

void defineCreateInputs(CLI::App& command, CreateOptions& options)
{
    command
        .add_option(
            "--m7", options.m7,
            "a.elf,b.elf: the M7's links for slots A and B. Or one file (ELF, Intel HEX, raw) "
            "linked for slot A behind the image header, at 0x08020400")
        ->required()
        ->delimiter(',');
    command
        .add_option("--m4", options.m4, "The same for the M4; in slot A it is linked at 0x08100400")
        ->required()
        ->delimiter(',');
    command.add_option("--key", options.key, "PEM file that signs")->required();
    command.add_option("--key-index", options.keyIndex, "Default: as in branding.json");
    command.add_option("--notes", options.notes, "Folder of <language>.md");
    command.add_option("--allow-pointer", options.allowedPointers,
                       "Symbol that may point into the other slot");
    command.add_option("-o,--output", options.output, "Release file (.h755)")->required();
}

void defineCreateFacts(CLI::App& command, CreateOptions& options)
{
    command.add_option("--version", options.version, "Release version, 1.2.3 or 1.2.3+4")
        ->required();
    command.add_option("--m7-version", options.m7Version, "Default: the release version");
    command.add_option("--m4-version", options.m4Version, "Default: the release version");
    command.add_option("--counter", options.counter, "Security counter; never goes down")
        ->required();
    command.add_option("--product", options.product, "Product id")->capture_default_str();
    command.add_option("--hardware-min", options.hardwareMinimum, "First hardware revision")
        ->capture_default_str();
    command.add_option("--hardware-max", options.hardwareMaximum, "Last hardware revision")
        ->capture_default_str();
    command.add_option("--minimum-bootloader", options.minimumBootloader, "Bootloader it needs")
        ->capture_default_str();
    command
        .add_option("--requires-from", options.requiresFrom,
                    "Oldest release that may update to this one")
        ->capture_default_str();
    command.add_option("--channel", options.channel, "For example stable or beta")
        ->capture_default_str();
    command.add_option("--date", options.date,
                       "YYYY-MM-DD; default: SOURCE_DATE_EPOCH or 1980-01-01");
    command.add_flag("!--no-self-confirm", options.confirmsItself,
                     "The firmware has no boot-client: confirm it without a trial");
    command.add_flag("--raise-floor", options.raiseFloor,
                     "Outlaw lower security counters once this release is confirmed");
    command.add_flag("--application-starts-m4", options.applicationStartsM4,
                     "The M7 firmware starts the M4 itself");
}

void defineBundleCommands(CLI::App& app, AllOptions& options, Run& run)
{
    CLI::App* inspectCommand =
        define(app, "inspect", "Show what a release says", options.inspect, &inspect, run);
    inspectCommand->add_option("bundle", options.inspect.bundle, "Release (.h755)")->required();
    inspectCommand->add_flag("--json", options.inspect.json, "One JSON object");

    CLI::App* verifyCommand =
        define(app, "verify", "Check a release as the updater does", options.verify, &verify, run);
    verifyCommand->add_option("bundle", options.verify.bundle, "Release (.h755)")->required();

    CLI::App* dfuCommand = define(app, "export-dfu", "Write a file for dfu-util and fwupd",
                                  options.exportDfu, &exportDfu, run);
    dfuCommand->add_option("bundle", options.exportDfu.bundle, "Release (.h755)")->required();
    dfuCommand->add_option("-o,--output", options.exportDfu.output, "File (.dfu)")->required();

    CLI::App* imageCommand = define(app, "export-image", "Write one bare MCUboot image",
                                    options.exportImage, &exportImage, run);
    imageCommand->add_option("bundle", options.exportImage.bundle, "Release (.h755)")->required();
    imageCommand->add_option("--core", options.exportImage.core)
        ->required()
        ->check(CLI::IsMember({"m7", "m4"}));
    imageCommand->add_option("--slot", options.exportImage.slot)
        ->required()
        ->check(CLI::IsMember({"a", "b"}));
    imageCommand->add_option("-o,--output", options.exportImage.output, "File (.bin)")->required();
}

void defineFactoryCommand(CLI::App& app, AllOptions& options, Run& run)
{
    CLI::App* command = define(app, "factory", "Write the image that a new unit is programmed with",
                               options.factory, &factory, run);
    command->add_option("bundle", options.factory.bundle, "Release (.h755) for slot A")->required();
    command->add_option("--bootloader", options.factory.bootloader, "Intel HEX or raw (.bin)")
        ->required();
    command->add_option("--key", options.factory.key,
                        "PEM file that signs a file for h755ctl provision, instead of HEX");
    command->add_option("-o,--output", options.factory.output, "File (.hex or .h755factory)")
        ->required();
}

int report(const updater::Error& error, std::ostream& err)
{
    const updater::ErrorText& text = updater::errorText(error.code);
    err << "error " << updater::errorLabel(error.code) << ": " << text.cause;
    if (!error.detail.empty()) err << " (" << error.detail << ')';
    err << '\n' << text.remedy << '\n';
    return updater::exitCode(error.code);
}

} // namespace

int runProgram(std::vector<std::string> arguments, std::ostream& out, std::ostream& err)
{
    CLI::App app("Makes, signs and inspects firmware releases", "h755-bundle");
    AllOptions options;
    Run run;
    app.require_subcommand(1);
    defineKeyCommands(app, options, run);
    CLI::App* createCommand =
        define(app, "create", "Sign and pack a release", options.create, &create, run);
    defineCreateInputs(*createCommand, options.create);
    defineCreateFacts(*createCommand, options.create);
    defineBundleCommands(app, options, run);
    defineFactoryCommand(app, options, run);
    std::reverse(arguments.begin(), arguments.end()); // as CLI11 wants it
    try {
        app.parse(std::move(arguments));
    } catch (const CLI::CallForHelp&) {
        out << app.help();
        return 0;
    } catch (const CLI::ParseError& error) {
        return report({updater::ErrorCode::BadArguments, error.what()}, err);
    }
    const Result<> done = run(out);
    return done ? 0 : report(done.error(), err);
}

} // namespace bundler
