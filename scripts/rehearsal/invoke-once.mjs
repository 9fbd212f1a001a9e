// node invoke-once.mjs DIR FILE.EXPORT  (event JSON on stdin; result JSON on fd 3)
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [dir, handler] = process.argv.slice(2);
const dot = handler.lastIndexOf('.');
const full = ['.mjs', '.js', '.cjs']
  .map((e) => path.join(dir, handler.slice(0, dot) + e))
  .find((f) => fs.existsSync(f));
const event = JSON.parse(fs.readFileSync(0, 'utf8'));
const end = Date.now() + Number(process.env.AWS_LAMBDA_FUNCTION_TIMEOUT ?? 30) * 1000;
try {
  const fn = (await import(pathToFileURL(full)))[handler.slice(dot + 1)];
  const r = await fn(event, {
    awsRequestId: randomUUID(),
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    getRemainingTimeInMillis: () => end - Date.now(),
  });
  fs.writeSync(3, JSON.stringify(r ?? null));
  process.exit(0);
} catch (e) {
  fs.writeSync(
    3,
    JSON.stringify({
      errorType: e?.name,
      errorMessage: String(e?.message).slice(0, 2000),
      trace: String(e?.stack)
        .split('\n')
        .map((l) => l.slice(0, 300)),
    }),
  );
  process.exit(1);
}
