// Reads addresses, one a line; writes what Lighthouse says of each as one line of JSON.
// node measure.mjs PORT: of a Chromium that has the session of whoever is to see the pages.
import {createInterface} from 'node:readline';
import lighthouse, {defaultConfig} from 'lighthouse';

const CATEGORIES = ['performance', 'accessibility', 'best-practices'];
const weighed = category => defaultConfig.categories[category].auditRefs.filter(({weight}) => weight);
const flags = {
  port: Number(process.argv[2]),
  onlyAudits: CATEGORIES.flatMap(weighed).map(({id}) => id), // what weighs nothing takes a third of the time
  formFactor: 'mobile',
  throttlingMethod: 'simulate',
  disableFullPageScreenshot: true,
  logLevel: 'silent',
};

// Whatever costs a point of a category, with the first three places where.
function faults(category, audits) {
  return weighed(category)
    .map(({id}) => audits[id])
    .filter(({score}) => score !== null && score < 1)
    .map(({title, displayValue, details}) => [title, displayValue, ...places(details)].filter(Boolean).join(' · '));
}

function places(details) {
  return (details?.items ?? []).slice(0, 3).map(item => item.node?.snippet ?? item.description ?? item.url);
}

async function report(address) {
  const {lhr} = await lighthouse(address, flags);
  if (lhr.runtimeError) throw new Error(lhr.runtimeError.message);
  if (lhr.finalDisplayedUrl !== address) throw new Error(`led to ${lhr.finalDisplayedUrl}`);
  return {
    scores: CATEGORIES.map(category => Math.round(lhr.categories[category].score * 100)),
    faults: CATEGORIES.map(category => faults(category, lhr.audits)),
  };
}

for await (const address of createInterface({input: process.stdin})) {
  console.log(JSON.stringify(await report(address).catch(({message}) => ({error: message}))));
}
