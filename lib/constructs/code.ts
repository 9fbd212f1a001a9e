import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';

const PROJECT = resolve(import.meta.dirname, '../..');

/**
 * The code of one function with its configuration inside, made by `scripts/bundle-function.ts` in a process of its own:
 * CDK asks for code synchronously, and esbuild's plugins are asynchronous.
 *
 * @param capability the folder under `functions/`
 * @param configFile an absolute path inside the project
 */
export function functionCode(capability: string, configFile: string): Code {
  return Code.fromAsset(PROJECT, {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // Never run: `local` makes the code or throws. The command tells CDK's cache the functions apart.
      image: DockerImage.fromRegistry('none'),
      command: [capability, configFile],
      local: {
        tryBundle(folder) {
          const script = resolve(PROJECT, 'scripts/bundle-function.ts');
          const command = ['--import', 'tsx', script, capability, configFile, folder];
          execFileSync(process.execPath, command, { cwd: PROJECT, stdio: ['ignore', 'inherit', 'inherit'] });
          return true;
        },
      },
    },
  });
}
