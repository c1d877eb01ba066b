"""A screen of its own (Xvfb), and what is on it."""

import ctypes
import ctypes.util
import os
import subprocess

Z_PIXMAP = 2
ALL_PLANES = 0xFFFFFFFF


class XImage(ctypes.Structure):
    """The first members of Xlib's XImage."""
    _fields_ = [("width", ctypes.c_int), ("height", ctypes.c_int), ("xoffset", ctypes.c_int),
                ("format", ctypes.c_int), ("data", ctypes.POINTER(ctypes.c_char)),
                ("byte_order", ctypes.c_int), ("bitmap_unit", ctypes.c_int),
                ("bitmap_bit_order", ctypes.c_int), ("bitmap_pad", ctypes.c_int),
                ("depth", ctypes.c_int), ("bytes_per_line", ctypes.c_int)]


class Screen:
    """Ends with the `with` block."""

    def __init__(self, width=1024, height=768):
        read, write = os.pipe()
        self.server = subprocess.Popen(  # pylint: disable=consider-using-with
            ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{width}x{height}x24",
             "-nolisten", "tcp"], pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as number:
            self.name = f":{number.readline().strip()}"
        self.xlib = ctypes.CDLL(ctypes.util.find_library("X11") or "libX11.so.6")
        self.xlib.XOpenDisplay.restype = ctypes.c_void_p
        self.xlib.XDefaultRootWindow.restype = ctypes.c_ulong
        self.xlib.XGetImage.restype = ctypes.POINTER(XImage)
        self.display = ctypes.c_void_p(self.xlib.XOpenDisplay(self.name.encode()))
        self.root = ctypes.c_ulong(self.xlib.XDefaultRootWindow(self.display))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.terminate()
        self.server.wait()

    def pixels(self, left, top, width, height):
        """What a person sees there."""
        image = self.xlib.XGetImage(self.display, self.root, left, top, width, height,
                                    ctypes.c_ulong(ALL_PLANES), Z_PIXMAP)
        size = image.contents.bytes_per_line * height
        result = ctypes.string_at(image.contents.data, size)
        self.xlib.XDestroyImage(image)
        return result
