#!/usr/bin/env node
import { main, unwritten } from '#cli/main.ts';

// Set before any SDK is loaded: the CLI supports Node 20, whatever the SDK's later versions will.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(unwritten(error)));

process.exitCode = await main(process.argv.slice(2));
