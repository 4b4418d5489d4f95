// What is kept for many is written in the site's own time. This says it by the reader's clock: the
// browser's, or the zone of their account, by which the server has told most of it already.
const HERE = document.querySelector("[data-zone]")?.dataset.zone || undefined;
// A day and a minute of it, in whatever language; a minute alone is left as it is.
const SITE = /\d\D.*(?<!\d)\d\d:\d\d$/u;
const YEAR = /\d{4}/;
// Two ways to write the same minute have the same figures.
const figures = (words) => words.match(/\d+/gu).join(" ");
// Figures as the rest of the page has them.
const LANGUAGE = `${document.documentElement.lang}-u-nu-latn`;

function formatters() {
  const day = { day: "numeric", month: "long", timeZone: HERE };
  const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: HERE };
  const of = (parts) => new Intl.DateTimeFormat(LANGUAGE, parts);
  try {
    return { day: of(day), dayOfYear: of({ ...day, year: "numeric" }), clock: of(clock) };
  } catch {
    return null; // a zone that this browser has not heard of
  }
}

function show(time, { day, dayOfYear, clock }) {
  const words = time.textContent.trim();
  const when = new Date(time.dateTime.replace(/([+-]\d\d)(\d\d)$/, "$1:$2"));
  if (!SITE.test(words) || Number.isNaN(when.valueOf())) return;
  const local = `${(YEAR.test(words) ? dayOfYear : day).format(when)}, ${clock.format(when)}`;
  if (figures(local) === figures(words)) return;
  time.title = `${words} UTC`;
  time.textContent = local;
}

const format = formatters();
if (format) for (const time of document.querySelectorAll("time[datetime*='T']")) show(time, format);
