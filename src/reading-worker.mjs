// Where the thread that reads files begins: Node gives a thread no TypeScript of its own, whatever the program was started with.
import { register } from 'tsx/esm/api';

register();
await import('./reading-worker.ts');
