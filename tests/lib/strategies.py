"""Texts that are likely to mean something to Markdown, and to break what reads it."""

from hypothesis import strategies as st

PARTS = (
    "word", "Another one. ", "Dr. No", " ", "  \n", "\n", "\n\n", "> ", "- ", "1. ", "# ", "## ",
    "*", "**", "_", "~~", "`", "```\n", "[", "]", "(", ")", "![a](/media/a.png)", "[a](/b)",
    "[a](javascript:1)", "https://a.example/", "<b>", "</p>", "<script>", "onclick=\"x\"", "'",
    "&amp;", "&lt;", "&nbsp;", "&", "<", ">", "\\", "|", "|a|b|\n|-|-|\n|c|d|\n", "---\n", "    ",
    "[^1]", "[^1]: ", "^[", "@ann", "“", "”", "…", "é", "\u0301", "\u00a0", "\u2028", "\x00", "\t",
    "\U0001f600",
)  # fmt: skip

markdown_texts = st.lists(st.sampled_from(PARTS), max_size=30).map("".join)
