// Selected words of one paragraph: "Challenge this". The link is the paragraph's data-challenge
// with the words and what stands around them; the server does the rest.

// As many as the server keeps around a quotation, and as long as a claim may be.
const CONTEXT = 32;
const LONGEST = 1000;
const SHORTEST = 3;
const PATIENCE = 150;
// The reader's aids inside a paragraph are none of its words, nor are the marks of footnotes.
const NOT_TEXT = ".sn, .ref, .bubble, .pil, .vh, .footnote-ref, .footnote-backref";

const bubble = document.createElement("a");
bubble.className = "btn small bubble";
bubble.textContent = say("Challenge this");
bubble.hidden = true;

// Says it to whoever does not see the words marked, and where to go on.
const told = document.createElement("span");
told.className = "vh";
told.setAttribute("role", "status");

const wordsOf = (range) => {
  const copy = range.cloneContents();
  for (const aid of copy.querySelectorAll(NOT_TEXT)) aid.remove();
  return copy.textContent.replace(/\s+/g, " ");
};

const around = (paragraph, range) => {
  const before = document.createRange();
  before.setStart(paragraph, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const after = document.createRange();
  after.setStart(range.endContainer, range.endOffset);
  after.setEnd(paragraph, paragraph.childNodes.length);
  return [wordsOf(before), wordsOf(after)];
};

// Selected across a sentence's edge, a quotation gives its outer spaces to what stands around it.
const quotation = (paragraph, range) => {
  const words = wordsOf(range);
  const [before, after] = around(paragraph, range);
  const exact = words.trim();
  const prefix = (before + words.slice(0, words.indexOf(exact))).trimStart();
  const suffix = (words.slice(words.indexOf(exact) + exact.length) + after).trimEnd();
  return {
    exact,
    prefix: [...prefix].slice(-CONTEXT).join(""),
    suffix: [...suffix].slice(0, CONTEXT).join(""),
  };
};

// Three clicks select up to the beginning of what follows the paragraph.
const within = (paragraph, range) => {
  const whole = document.createRange();
  whole.selectNodeContents(paragraph);
  const inside = range.cloneRange();
  if (!paragraph.contains(range.endContainer)) {
    inside.setEnd(whole.endContainer, whole.endOffset);
    whole.setStart(inside.endContainer, inside.endOffset);
    whole.setEnd(range.endContainer, range.endOffset);
    if (String(whole).trim()) return null;
  }
  return inside;
};

const place = (range) => {
  const box = [...range.getClientRects()].at(-1);
  const home = (bubble.offsetParent ?? document.body).getBoundingClientRect();
  const left = Math.max(8, Math.min(box.right - 60, innerWidth - 150));
  bubble.style.left = `${left - home.left}px`;
  bubble.style.top = `${box.bottom - home.top + 6}px`;
};

const offer = () => {
  bubble.hidden = true;
  told.textContent = "";
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return;
  const selected = selection.getRangeAt(0);
  const { startContainer: node } = selected;
  const paragraph = (node.closest ? node : node.parentElement)?.closest(".essay .para");
  const address = paragraph?.dataset.challenge;
  const range = address ? within(paragraph, selected) : null;
  if (!range) return;
  const quoted = quotation(paragraph, range);
  if (quoted.exact.length < SHORTEST || quoted.exact.length > LONGEST) return;
  const url = new URL(address, location.href);
  for (const [name, words] of Object.entries(quoted)) url.searchParams.set(name, words);
  bubble.href = url.href;
  // Within the paragraph, behind its words: Tab finds it from where they were selected.
  if (bubble.parentElement !== paragraph) paragraph.querySelector(".pil")?.before(bubble);
  bubble.hidden = false;
  place(range);
  told.textContent = say(
    "Selected: “%(words)s”. At the end of the paragraph: Challenge this.", { words: quoted.exact },
  );
};

if (document.querySelector(".essay .para")) {
  document.querySelector("main").append(bubble, told);
  let timer;
  document.addEventListener("selectionchange", () => {
    clearTimeout(timer);
    timer = setTimeout(offer, PATIENCE);
  });
}
