// Beside a sentence's Challenge and Permalink: Keep, which leads to the sentence's own page.
const add = (controls) => {
  const permalink = [...controls.querySelectorAll("a[href*='#s-']")].at(-1);
  if (!permalink || controls.querySelector(".keep")) return;
  const url = new URL(permalink.href);
  const link = document.createElement("a");
  link.className = "keep";
  link.href = `${url.pathname}${url.hash.slice(1)}/#keep`;
  link.textContent = say("Keep");
  controls.append(link);
};

const meet = (event) => {
  const controls = event.target.closest?.(".sen, .sn")?.querySelector(".sc");
  if (controls) add(controls);
};

if (document.querySelector(".essay .sen")) {
  for (const type of ["pointerover", "focusin", "click"]) document.addEventListener(type, meet);
}
