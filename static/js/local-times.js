// Moments are written in the site's own time, the same for all. This says them by the reader's
// clock: the zone of their account, where they chose one, or else the browser's.
const HERE = document.querySelector("[data-zone]")?.dataset.zone || undefined;
const SITE = /^(\d{1,2}) (\p{L}+)( \d{4})?, (\d\d):(\d\d)$/u;

function formatter() {
  const day = { day: "numeric", month: "long", year: "numeric" };
  const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  try {
    return new Intl.DateTimeFormat(document.documentElement.lang, {
      ...day, ...clock, timeZone: HERE,
    });
  } catch {
    return null; // a zone that this browser has not heard of
  }
}

function show(time, format) {
  const words = SITE.exec(time.textContent.trim());
  const when = new Date(time.dateTime.replace(/([+-]\d\d)(\d\d)$/, "$1:$2"));
  if (!words || Number.isNaN(when.valueOf())) return;
  const parts = format.formatToParts(when).map(({ type, value }) => [type, value]);
  const said = Object.fromEntries(parts);
  const year = words[3] ? ` ${said.year}` : "";
  const local = `${said.day} ${said.month}${year}, ${said.hour}:${said.minute}`;
  if (local === time.textContent.trim()) return;
  time.title = `${time.textContent.trim()} UTC`;
  time.textContent = local;
}

const format = formatter();
if (format) for (const time of document.querySelectorAll("time[datetime*='T']")) show(time, format);
