"""Where a folder lies: a directory of this machine, or an object store by its fsspec address."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import socket
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import fsspec

from onrecord.errors import FolderError

MARK = "onrecord.json"
FOLDER_SCHEMA = "onrecord-folder/1"
PART_FILE = "part.json"
STAGING = ".staging"
UNFINISHED = ".new"
"""How the name of a file ends that is being written."""
LOCK = ".lock"
JOINED = "joined.json"
"""Says of each part that was made of others which ones: where it stands, they count no more."""


class Disk:
    """Reads and writes the files of a folder; what is written appears whole or not at all."""

    def __init__(self, root: str | Path) -> None:
        if not str(root).strip():
            raise FolderError(f"{str(root)!r}: an empty name; expected the path of a record folder")
        try:
            self.fs, self.root = fsspec.core.url_to_fs(str(root))
        except (ImportError, ValueError) as error:
            raise FolderError(f"{root}: cannot be opened: {error}") from error
        self.name = str(root)
        self.local = "file" in (
            self.fs.protocol if isinstance(self.fs.protocol, tuple) else [self.fs.protocol]
        )

    def path(self, *names: str) -> str:
        """Return the path of a file of the folder, as the file system takes it."""
        return "/".join([self.root.rstrip("/"), *names])

    def address(self, *names: str) -> str:
        """Return the path of a file of the folder as DuckDB takes it: with its scheme, if not local."""
        path = self.path(*names)
        return path if self.local else str(self.fs.unstrip_protocol(path))

    def create(self) -> None:
        """Make the folder if it is not there; raises FolderError if other things stand in its place."""
        if self.is_made():
            self.check()
            return
        if self.fs.isfile(self.root):
            raise FolderError(f"{self.name}: is a file; expected a record folder, or a new name")
        if self.fs.exists(self.root) and (not self.fs.isdir(self.root) or self.fs.ls(self.root)):
            raise FolderError(f"{self.name}: holds other files; expected a record folder, or a new name")
        self.fs.makedirs(self.root, exist_ok=True)
        self.write(MARK, encode_json({"schema": FOLDER_SCHEMA}))

    def is_made(self) -> bool:
        """Return whether a record folder stands here."""
        return bool(self.fs.exists(self.path(MARK)))

    def check(self) -> None:
        """Raise FolderError unless this is a record folder that this version can read."""
        if not self.is_made():
            raise FolderError(f"{self.name}: no record folder; make one with: onrecord code INPUT --out DIR")
        schema = self.read_json(MARK).get("schema")
        if schema != FOLDER_SCHEMA:
            raise FolderError(
                f"{self.name}: written by another version: expected {FOLDER_SCHEMA}, found {schema}"
            )

    def list_parts(self) -> tuple[str, ...]:
        """Return the names of the parts that are whole, sorted."""
        self.fs.invalidate_cache()
        home = self.path("parts")
        if not self.fs.exists(home):
            return ()
        joined = self.read_joined()
        if self.local:
            names = set(os.listdir(home))  # they were renamed into place
        else:
            ends = f"/{PART_FILE}"
            names = {file.rsplit("/", 2)[-2] for file in self.fs.find(home) if file.endswith(ends)}
        return tuple(sorted(names - {old for new, olds in joined.items() if new in names for old in olds}))

    def read_joined(self) -> dict[str, list[str]]:
        """Return which parts were joined to which one, as far as they may still be there."""
        return self.read_json(JOINED) if self.fs.exists(self.path(JOINED)) else {}

    def list_names(self, folder: str) -> tuple[str, ...]:
        """Return the names in a folder of the folder, sorted; none if it is not there."""
        home = self.path(folder)
        if not self.fs.exists(home):
            return ()
        names = (entry.rsplit("/", 1)[-1] for entry in self.fs.ls(home, detail=False))
        return tuple(sorted(name for name in names if not name.endswith(UNFINISHED)))

    def read_json(self, *names: str) -> dict[str, Any]:
        """Return a JSON file of the folder."""
        content: dict[str, Any] = json.loads(self.fs.cat_file(self.path(*names)))
        return content

    def write(self, name: str, data: bytes) -> None:
        """Write one file so that a reader sees the old one or the new one."""
        path = self.path(name)
        self.fs.makedirs(path.rsplit("/", 1)[0], exist_ok=True)
        if not self.local:
            self.fs.pipe_file(path, data)  # a put to an object store is whole or not there
            return
        new = path + UNFINISHED
        _write_synced(new, data)
        os.replace(new, path)

    def remove_folders(self, folder: str, kept: Collection[str]) -> None:
        """Remove the folders in a folder of the folder that are not among the kept ones."""
        for entry in self.fs.ls(self.path(folder), detail=True):
            name = entry["name"].rstrip("/").rsplit("/", 1)[-1]
            if entry["type"] == "directory" and name not in kept:
                self.fs.rm(self.path(folder, name), recursive=True)

    def write_part(self, name: str, files: Mapping[str, bytes]) -> None:
        """Write the files of a part; on this machine the whole directory is renamed into place at once.

        On an object store `part.json` is put last: without it the other files are no part.
        """
        self.fs.makedirs(self.path("parts"), exist_ok=True)
        if not self.local:
            for file in sorted(files, key=lambda file: (file == PART_FILE, file)):
                self.fs.pipe_file(self.path("parts", name, file), files[file])
            return
        staged = self.path(STAGING, name)
        shutil.rmtree(staged, ignore_errors=True)
        os.makedirs(staged)
        for file in sorted(files):
            _write_synced(f"{staged}/{file}", files[file])
        os.replace(staged, self.path("parts", name))
        os.rmdir(self.path(STAGING))

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Keep other writers out while the folder is written; the lock ends with its process.

        Raises FolderError if another process holds it.
        """
        if not self.local:
            with self._lock_object():
                yield
            return
        with open(self.path(LOCK), "a") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                message = f"{self.name}: another onrecord process is writing here; wait for it, or end it"
                raise FolderError(message) from error
            yield

    @contextmanager
    def _lock_object(self) -> Iterator[None]:
        """Keep other writers out by an object that only one of them can create.

        A store whose driver knows no conditional put cannot tell them apart: there the caller sees to it
        that one process writes.
        """
        path = self.path(LOCK)
        self.fs.makedirs(self.root, exist_ok=True)
        holder = f"{socket.gethostname()}, process {os.getpid()}".encode()
        if not self._create(path, holder):
            by = self.fs.cat_file(path).decode()
            raise FolderError(
                f"{self.name}: another onrecord process is writing here ({by}); wait for it, or, if it was "
                f"killed, remove {path}"
            )
        try:
            yield
        finally:
            self.fs.rm(path)

    def _create(self, path: str, data: bytes) -> bool:
        """Return whether an object could be created; as a last resort it is written over."""
        try:
            self.fs.pipe_file(path, data, mode="create")
        except FileExistsError:
            return False
        except (NotImplementedError, TypeError, ValueError):
            self.fs.pipe_file(path, data)
        return True

    def sweep(self) -> None:
        """Remove what a writer that was killed left half written, and parts that were joined to others."""
        self._sweep_joined()
        if self.local:
            shutil.rmtree(self.path(STAGING), ignore_errors=True)
            for home in (self.path(), self.path("runs")):
                for file in Path(home).glob(f"*{UNFINISHED}"):
                    file.unlink(missing_ok=True)
            return
        for name in self.list_names("parts"):
            if not self.fs.exists(self.path("parts", name, PART_FILE)):
                self.fs.rm(self.path("parts", name), recursive=True)

    def _sweep_joined(self) -> None:
        """Remove the parts that stand in a joined one; what was to be joined and was not stays."""
        joined = self.read_joined()
        for new, olds in joined.items():
            if self.fs.exists(self.path("parts", new, PART_FILE)):
                for old in olds:
                    if self.fs.exists(self.path("parts", old)):
                        self.fs.rm(self.path("parts", old), recursive=True)
        if joined:
            self.fs.rm(self.path(JOINED))


def encode_json(content: Any) -> bytes:
    """Return JSON for a file: the same content gives the same bytes."""
    return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _write_synced(path: str, data: bytes) -> None:
    try:
        with open(path, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        error.filename = error.filename or path  # a write that fails names no file
        raise
