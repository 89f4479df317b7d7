// Scans addresses of a server on this machine with MDN's HTTP Observatory, as if they stood on the internet.
//
// node observatory.mjs '{"package": …, "key": …, "certificate": …, "port": …, "upstream": …}' < addresses.json
//
// In front of the server stands what stands there in production, too: one that ends TLS and says so in
// X-Forwarded-Proto. It takes http and https on one port, so that the server's way from one to the other holds.
// The scanner's own `scan` refuses pages that answer 404 or 410 and knows no path; its parts do.

import dns from "node:dns";
import fs from "node:fs";
import http from "node:http";
import https from "node:https";
import net from "node:net";
import path from "node:path";
import { pathToFileURL } from "node:url";

const TLS_HANDSHAKE = 22;
const told = JSON.parse(process.argv[2]);

// Every name leads to this machine.
dns.lookup = (name, options, done) => {
  const answer = typeof options === "function" ? options : done;
  options?.all ? answer(null, [{ address: "127.0.0.1", family: 4 }]) : answer(null, "127.0.0.1", 4);
};

function pass(scheme) {
  return (request, response) => {
    const headers = { ...request.headers, "x-forwarded-proto": scheme, "x-forwarded-for": "192.0.2.7" };
    const { method, url } = request;
    const onward = http.request({ host: "127.0.0.1", port: told.upstream, method, path: url, headers }, (answer) => {
      response.writeHead(answer.statusCode, answer.rawHeaders);
      answer.pipe(response);
    });
    onward.on("error", () => response.destroy());
    request.pipe(onward);
  };
}

function openDoor() {
  const plain = http.createServer(pass("http"));
  const keys = { key: fs.readFileSync(told.key), cert: fs.readFileSync(told.certificate) };
  const secure = https.createServer(keys, pass("https"));
  const door = net.createServer((socket) => {
    socket.on("error", () => socket.destroy());
    socket.once("readable", () => {
      const first = socket.read();
      if (first === null) return;
      socket.unshift(first);
      (first[0] === TLS_HANDSHAKE ? secure : plain).emit("connection", socket);
    });
  });
  return new Promise((resolve) => door.listen(told.port, "127.0.0.1", resolve));
}

async function part(name) {
  return import(pathToFileURL(path.join(told.package, "src", name)).href);
}

// The list of names that browsers have built in is fetched when the package is installed, by a script that we do not
// run. None of the test's names is on it.
const list = path.join(told.package, "conf", "hsts-preload.json");
if (!fs.existsSync(list)) fs.writeFileSync(list, "{}");

const { retrieve } = await part("retriever/retriever.js");
const { ALL_TESTS } = await part("constants.js");
const { MINIMUM_SCORE_FOR_EXTRA_CREDIT } = await part("grader/charts.js");
const { getGradeForScore, getScoreModifier } = await part("grader/grader.js");

// As in the package's scanner/index.js, without its look at the status.
function judge(retrieved) {
  const tests = {};
  let [all, faults] = [100, 100];
  for (const test of ALL_TESTS) {
    const output = test(retrieved);
    const points = getScoreModifier(output.result);
    tests[output.constructor.name] = { result: output.result, points, pass: output.pass };
    all += points;
    faults += Math.min(points, 0);
  }
  const { score, grade } = getGradeForScore(faults >= MINIMUM_SCORE_FOR_EXTRA_CREDIT ? all : faults);
  return { score, grade, tests };
}

async function scan({ host, path }) {
  const retrieved = await retrieve(host, { path, httpPort: told.port, httpsPort: told.port });
  const { auto } = retrieved.responses;
  if (!auto) return { host, path, error: "no answer" };
  return { host, path, status: auto.status, type: auto.headers["content-type"] ?? "", ...judge(retrieved) };
}

await openDoor();
const found = [];
for (const address of JSON.parse(fs.readFileSync(0, "utf8"))) found.push(await scan(address));
process.stdout.write(JSON.stringify(found), () => process.exit(0));
