// A fault in a flow: every flow throws over words that contain POISON; loaded before a program, for its tests.
const POISON = 'POISON-4711';
const usual = String.prototype.normalize;
String.prototype.normalize = function (this: string, form?: string): string {
  if (String(this).includes(POISON) && new Error('where').stack?.includes('/flows/step.ts'))
    throw new Error('a fault in a flow');
  return usual.call(this, form);
};
