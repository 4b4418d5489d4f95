// Words selected in a post: "Quote and answer" leads to the form, with the words quoted in it.
const LONGEST = 1500;
const SHORTEST = 3;
const PATIENCE = 150;

const bubble = document.createElement("a");
bubble.className = "btn small bubble";
bubble.textContent = say("Quote and answer");
bubble.hidden = true;

const elementOf = (node) => (node.closest ? node : node.parentElement);

// The post that all of the selection lies in.
const postOf = (range) => {
  const prose = elementOf(range.commonAncestorContainer)?.closest("[id^=post-] > article .prose");
  return prose?.closest("article");
};

const place = (range) => {
  const box = [...range.getClientRects()].at(-1);
  const home = (bubble.offsetParent ?? document.body).getBoundingClientRect();
  const left = Math.max(8, Math.min(box.right - 60, innerWidth - 170));
  bubble.style.left = `${left - home.left}px`;
  bubble.style.top = `${box.bottom - home.top + 6}px`;
};

const offer = () => {
  bubble.hidden = true;
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return;
  const range = selection.getRangeAt(0);
  const words = String(selection).trim();
  if (words.length < SHORTEST || words.length > LONGEST) return;
  const answer = postOf(range)?.querySelector(".act a[href$='/reply/'], .act a[href$='/answer/']");
  if (!answer) return;
  const url = new URL(answer.href);
  url.searchParams.set("quote", words);
  bubble.href = url.href;
  bubble.hidden = false;
  place(range);
};

if (document.querySelector("[id^=post-] > article .prose")) {
  document.querySelector("main").append(bubble);
  let timer;
  document.addEventListener("selectionchange", () => {
    clearTimeout(timer);
    timer = setTimeout(offer, PATIENCE);
  });
}
