// As the stack sets it for every function (test/infra/pipeline-stack.test.ts); Powertools reads it when it is built.
process.env['POWERTOOLS_METRICS_NAMESPACE'] = 'flex-task-pipeline/test';

/**
 * Runs `act` and gives back the lines it wrote to standard output and error, each parsed as the one JSON that it must
 * be. Both are the border here: Lambda takes them to the log group.
 */
export async function writtenLines(act: () => unknown): Promise<readonly unknown[]> {
  const chunks: string[] = [];
  const spies = [process.stdout, process.stderr].map((stream) =>
    jest.spyOn(stream, 'write').mockImplementation((chunk) => {
      chunks.push(String(chunk));
      return true;
    }),
  );
  try {
    await act();
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  const lines = chunks.join('').split('\n');
  return lines.filter((line) => line !== '').map((line): unknown => JSON.parse(line));
}
