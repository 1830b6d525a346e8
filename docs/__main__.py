"""Print docs/api.md: `python -m docs`; docs/performance.md: `python -m docs performance`."""

import sys

from docs.page import api_page
from docs.performance import performance_page

if __name__ == "__main__":
    page = performance_page if sys.argv[1:] == ["performance"] else api_page
    print(page(), end="")
