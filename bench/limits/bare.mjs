// The limit of limits: a webhook that keeps nothing.
import { serve } from './shared.mjs';

serve(async () => {});
