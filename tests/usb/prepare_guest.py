#!/usr/bin/env python3
"""prepare_guest.py FOLDER: Debian's own kernel and an initramfs for the guest of the kernel tests.

The kernel's package is downloaded with apt and unpacked, not installed. The initramfs holds busybox
and the modules that lead to the host's root over 9p; every other program comes from there."""
import hashlib
import lzma
import os
import pathlib
import re
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
# In the order in which they are loaded: a module's needs come before it.
MODULES = ["virtio_ring", "virtio", "virtio_pci_legacy_dev", "virtio_pci_modern_dev", "virtio_pci",
           "virtio_console", "netfs", "fscache", "9pnet", "9pnet_virtio", "9p", "overlay",
           "usb-common", "usbcore", "xhci-hcd", "xhci-pci"]


def run(*command, **keywords):
    return subprocess.run(command, check=True, capture_output=True, text=True, **keywords).stdout


def package_name():
    """linux-image-amd64 only names the kernel of the day."""
    for line in run("apt-cache", "depends", "linux-image-amd64").splitlines():
        if match := re.match(r"\s*Depends: (linux-image-[\d.]+-\d+-amd64)$", line):
            return match[1]
    raise SystemExit("apt knows no kernel package: apt-get update?")


def fetch(folder, name):
    packages = sorted(folder.glob(f"{name}_*.deb"))
    if not packages:
        run("apt-get", "download", "-q", name, cwd=folder)
        packages = sorted(folder.glob(f"{name}_*.deb"))
    return packages[-1]


def unpack(package, folder):
    """Only the kernel and the modules that the guest loads."""
    wanted = ["./boot/vmlinuz-*"] + [f"*/{name}.ko" for name in MODULES]
    archive = subprocess.Popen(["dpkg-deb", "--fsys-tarfile", package], stdout=subprocess.PIPE)
    subprocess.run(["tar", "-x", "-C", folder, "--wildcards", *wanted], stdin=archive.stdout,
                   check=True)
    if archive.wait() != 0:
        raise SystemExit(f"{package} is damaged")


def kernel_elf(compressed):
    """The ELF inside a bzImage: QEMU enters it directly, which saves unpacking under emulation."""
    magic = b"\xfd7zXZ\x00"
    start = compressed.find(magic)
    if start < 0:
        raise SystemExit("the kernel is not packed with xz")
    return lzma.LZMADecompressor().decompress(compressed[start:])


def write_initramfs(tree, target):
    names = run("find", ".", "-print", cwd=tree)
    archive = subprocess.run(["busybox", "cpio", "-o", "-H", "newc"], input=names.encode(),
                             cwd=tree, check=True, capture_output=True).stdout
    target.write_bytes(archive)


def build_tree(unpacked, tree):
    shutil.rmtree(tree, ignore_errors=True)
    for name in ("bin", "modules", "proc", "sys", "dev", "host", "top", "root"):
        (tree / name).mkdir(parents=True)
    shutil.copy(shutil.which("busybox"), tree / "bin/busybox")
    shutil.copy(HERE / "guest_init.sh", tree / "init")
    os.chmod(tree / "init", 0o755)
    for number, name in enumerate(MODULES):
        (module,) = unpacked.rglob(f"{name}.ko")
        shutil.copy(module, tree / "modules" / f"{number:02}-{name}.ko")


def stamp(package):
    digest = hashlib.sha256(package.name.encode())
    for source in (HERE / "guest_init.sh", pathlib.Path(__file__)):
        digest.update(source.read_bytes())
    return digest.hexdigest()


def main():
    folder = pathlib.Path(sys.argv[1]).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    package = fetch(folder, package_name())
    done = folder / "prepared"
    if done.exists() and done.read_text() == stamp(package):
        return
    unpacked = folder / "unpacked"
    shutil.rmtree(unpacked, ignore_errors=True)
    unpacked.mkdir()
    unpack(package, unpacked)
    (compressed,) = unpacked.glob("boot/vmlinuz-*")
    (folder / "kernel").write_bytes(kernel_elf(compressed.read_bytes()))
    build_tree(unpacked, folder / "tree")
    write_initramfs(folder / "tree", folder / "initramfs")
    done.write_text(stamp(package))


main()
