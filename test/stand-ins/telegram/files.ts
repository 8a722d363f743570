// Files that people send in the Telegram stand-in: told about by getFile, and given out under the path it names.
import { bad } from './methods.ts';
import { ApiError, type Params, type World } from './world.ts';

/** The largest file that Telegram gives to a bot. */
const MOST = 20 * 1024 * 1024;

/** A file as it lies with Telegram. `size`: what Telegram tells of it, maybe nothing. */
export type Upload = { readonly path: string; readonly bytes: Buffer; readonly size: number | undefined };

export function getFile(world: World, params: Params): object {
  const id = String(params.file_id ?? '');
  const upload = world.uploads.get(id);
  if (!upload) throw bad('invalid file_id');
  if (upload.bytes.length > MOST) throw bad('file is too big');
  const { path, size } = upload;
  const told = size === undefined ? {} : { file_size: size };
  return { file_id: id, file_unique_id: `u${id}`, file_path: path, ...told };
}

/** The bytes under this path. */
export function fileAt(world: World, path: unknown): Buffer {
  const upload = [...world.uploads.values()].find((each) => each.path === path);
  if (!upload) throw new ApiError(404, 'Not Found');
  return upload.bytes;
}
