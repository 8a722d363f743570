// What is said where a button, or the place it belongs to, stands for nothing any more.
import type { Message } from '../src/domain/conversation.ts';
import { FILL } from '../src/text/fill.ts';
import type { Outcome } from './flow.ts';

export const staleMessage: Message = { text: [FILL.staleButton] };

export const stale: Outcome = { say: [staleMessage] };
