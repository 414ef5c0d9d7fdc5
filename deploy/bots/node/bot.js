// A FeedWatch bot in Node: prints every breaking incident once.
//
//     npm ci
//     node bot.js amqp://guest:guest@127.0.0.1:5672/ [ROUTING_KEY] [FILE_OF_IDS]
//
// Put your chat's send function where it prints. All texts come from news feeds: escape them for your chat.
import { appendFileSync, existsSync, readdirSync, readFileSync } from "node:fs";
import amqp from "amqplib";
import Ajv from "ajv/dist/2020.js";
import formats from "ajv-formats";

const [url, key = "incident.*.breaking.#", fileOfIds] = process.argv.slice(2);
const exchange = "feedwatch.events", queue = "bot.node";

const ajv = new Ajv();
formats(ajv);
const schemas = new URL("../../contract/schemas/", import.meta.url);
const known = new Map(readdirSync(schemas).filter((file) => file.endsWith(".json")).map((file) => [file.slice(0, -".json".length), ajv.compile(JSON.parse(readFileSync(new URL(file, schemas))))]));

/** Why it is no event as the contract describes it; undefined where it is one, or of a type newer than our schemas. */
function faults(event) {
  if (typeof event?.id !== "string") return "no event: it has no id";
  const holds = known.get(event.type);
  if (holds && !holds(event)) return ajv.errorsText(holds.errors, { dataVar: "$" });
}

function line(event) {
  const networks = (event.networks ?? []).filter((n) => n.about).map((n) => n.name).join(", ");
  const figures = (event.figures ?? []).map((f) => [f.kind, f.value.toLocaleString("en"), f.unit, f.scope].filter(Boolean).join(" ")).join("; ");
  const feed = event.feed?.name ?? event.feed ?? event.channel;
  return [event.severity?.toUpperCase(), event.type, feed, networks, event.title ?? event.article?.title, event.reason, figures, event.article?.link]
    .filter(Boolean).map((words) => words.replace(/\p{C}/gu, " ")).join(" | ");
}

const told = new Set(fileOfIds && existsSync(fileOfIds) ? readFileSync(fileOfIds, "utf8").split("\n") : []);

function onEvent(channel, message) {
  if (message === null) process.exit(1); // the queue was deleted
  let event, wrong;
  try {
    event = JSON.parse(message.content);
    wrong = faults(event);
  } catch (error) {
    wrong = `no event: ${error.message}`;
  }

  if (wrong) {
    console.error(`refused ${message.properties.messageId}: ${wrong}`);
    channel.reject(message, false);
    return;
  }

  if (!told.has(event.id)) {
    console.log(line(event));
    told.add(event.id);
    if (fileOfIds) appendFileSync(fileOfIds, `${event.id}\n`);
  }

  channel.ack(message); // only now: a crash before this line brings the event again
}

const connection = await amqp.connect(url);
connection.on("close", () => process.exit(1)); // let your service manager start it again
const channel = await connection.createChannel();
await channel.assertExchange(exchange, "topic", { durable: true });
await channel.assertQueue(queue, { durable: true, arguments: { "x-queue-type": "quorum" } });
await channel.bindQueue(queue, exchange, key);
await channel.prefetch(20);
await channel.consume(queue, (message) => onEvent(channel, message));
console.error(`waiting for ${key} on ${exchange}`);
process.on("SIGTERM", () => process.exit(0));
