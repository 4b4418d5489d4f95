"""Texts that are likely to mean something to Markdown, and to break what reads it."""

from hypothesis import strategies as st

PARTS = (
    "word", "Another one. ", "Dr. No", " ", "  \n", "\n", "\n\n", "> ", "- ", "1. ", "# ", "## ",
    "*", "**", "_", "~~", "`", "```\n", "[", "]", "(", ")", "[a](/b)",
    "![a](/media/3f2a9c1b7d4e5f60718a-1600x900.webp)",
    "[a](javascript:1)", "https://a.example/", "<b>", "</p>", "<script>", "onclick=\"x\"", "'",
    "&amp;", "&lt;", "&nbsp;", "&", "<", ">", "\\", "|", "|a|b|\n|-|-|\n|c|d|\n", "---\n", "    ",
    "[^1]", "[^1]: ", "^[", "@ann", "“", "”", "…", "é", "\u0301", "\u00a0", "\u2028", "\x00", "\t",
    "\U0001f600",
)  # fmt: skip

markdown_texts = st.lists(st.sampled_from(PARTS), max_size=30).map("".join)
