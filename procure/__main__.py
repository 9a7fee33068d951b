"""`python -m procure` is `procure`."""

from procure.cli import main

main()
