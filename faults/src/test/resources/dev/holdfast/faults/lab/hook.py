"""Notes begin and end of itself: hook.py NOTES HOST:PORT"""
import os
import sys
import time

notes = os.open(sys.argv[1], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)


def note(word):
    epoch, backend = os.environ["HOLDFAST_EPOCH"], os.environ["HOLDFAST_BACKEND"]
    text = f"{word} {time.monotonic_ns()} {epoch} {backend} {os.getpid()}\n"
    os.write(notes, text.encode())


note("begun")
time.sleep(0.1)
note("ended")
