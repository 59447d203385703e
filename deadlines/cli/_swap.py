"""Two folders change places in one step, where the system can: readers find the one or the other, never half."""

from __future__ import annotations

import os
import sys
from errno import EBUSY, EINVAL, ENOSYS, ENOTSUP, EXDEV
from pathlib import Path

CANNOT = {EBUSY, EINVAL, ENOSYS, ENOTSUP, EXDEV}  # not on this file system, or a folder something is mounted on
AT_FDCWD = -100  # Linux: a path is relative to the working directory
EXCHANGE = 2  # RENAME_EXCHANGE of Linux (renameat2), RENAME_SWAP of macOS (renamex_np)


def exchange(one: Path, other: Path) -> bool:
    """Swap two folders of one file system. False where that cannot be done; both are then as they were.

    Raises OSError when it could be done and is not allowed.
    """
    import ctypes

    if sys.platform not in ("linux", "darwin"):
        return False
    library = ctypes.CDLL(None, use_errno=True)
    first, second = os.fsencode(one), os.fsencode(other)
    try:
        if sys.platform == "linux":
            failed = library.renameat2(AT_FDCWD, first, AT_FDCWD, second, EXCHANGE)
        else:
            failed = library.renamex_np(first, second, EXCHANGE)
    except AttributeError:  # a C library without it
        return False
    number = ctypes.get_errno()
    if failed and number not in CANNOT:
        raise OSError(number, os.strerror(number), str(other))
    return not failed
