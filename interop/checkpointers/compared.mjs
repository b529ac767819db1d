// Two runs of the same tests in one report of vitest, test by test.

/** Whether a checkpointer with a witness passes what it passes without, skips what it skips, and fails what it fails. */
export function compared({ testResults }) {
  const all = testResults.flatMap(({ assertionResults }) => assertionResults);
  const bare = under("bare", all);
  const witnessed = under("with a witness", all);
  const own = witnessed.filter(([name]) => !name.includes("\n"));
  const official = witnessed.filter(([name]) => name.includes("\n"));
  const passed = bare.filter(([, status]) => status === "passed");
  const isSame = JSON.stringify(bare) === JSON.stringify(official);
  const isTold = own.length > 0 && own.every(([, status]) => status === "passed");
  const line = `bare ${countsOf(bare)}; with a witness ${countsOf(official)}`;
  return passed.length > 0 && isSame && isTold
    ? { line: `passed: ${line}`, code: 0 }
    : { line: `FAILED: ${line}`, code: 1 };
}

function under(title, all) {
  return all
    .filter(({ ancestorTitles }) => ancestorTitles[0] === title)
    .map(({ ancestorTitles, title, status }) => [
      [...ancestorTitles.slice(1), title].join("\n"),
      status,
    ]);
}

function countsOf(results) {
  const counts = new Map();
  for (const [, status] of results) counts.set(status, (counts.get(status) ?? 0) + 1);
  return [...counts].map(([status, count]) => `${count} ${status}`).join(", ");
}
