"""`python -m server` is `filmograph`."""

from server.cli import main

main()
