"""Print docs/api.md: `python -m docs`."""

from docs.page import api_page

if __name__ == "__main__":
    print(api_page(), end="")
