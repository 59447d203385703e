// Reads feeds with ical.js as strictly as it can: `node icaljs.mjs PATH-OF-ICAL.JS FEED...` prints a line of JSON a feed.
import { readFileSync } from "node:fs";

const [library, ...feeds] = process.argv.slice(2);
const { default: ICAL } = await import(library);
ICAL.design.strict = true;

function day(event, name) {
  const found = event.getAllProperties(name);
  if (found.length !== 1) throw new Error(`${name} stands ${found.length} times`);
  if (found[0].type !== "date") throw new Error(`${name} is a ${found[0].type}`);
  return found[0].getFirstValue();
}

function seen(event) {
  const last = day(event, "dtend").clone();
  last.adjust(-1, 0, 0, 0);
  return {
    uid: event.getFirstPropertyValue("uid"),
    first: day(event, "dtstart").toString(),
    last: last.toString(),
    summary: event.getFirstPropertyValue("summary"),
    status: event.getFirstPropertyValue("status"),
  };
}

for (const feed of feeds) {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(readFileSync(feed));
    const calendar = new ICAL.Component(ICAL.parse(text));
    if (calendar.name !== "vcalendar") throw new Error(`a ${calendar.name}`);
    for (const property of calendar.getAllProperties()) property.getValues();
    const events = calendar.getAllSubcomponents("vevent").map((event) => {
      for (const property of event.getAllProperties()) property.getValues();
      return seen(event);
    });
    console.log(JSON.stringify({ events }));
  } catch (error) {
    console.log(JSON.stringify({ error: String(error) }));
  }
}
