import { existsSync } from 'node:fs';
import path from 'node:path';
import { drawSampleDish, SAMPLE_DISHES } from '../generation/sample-dishes.js';
import { UserError } from '../stack/user-error.js';
import { readPhotos, typedIn } from './demo-photos.js';
import { t } from './messages/index.js';
import { say } from './say.js';

/** The first of the named pictures that exists, as the original's tool takes them; without any a drawn dish. */
export async function testPicture(files: string[] | undefined): Promise<Buffer> {
  if (!files) {
    const index = Math.floor(Math.random() * SAMPLE_DISHES.length);
    say(t.create.drawnDish(SAMPLE_DISHES[index]?.koreanName ?? ''));
    return drawSampleDish(index);
  }
  const first = files.find((file) => existsSync(path.resolve(typedIn(process.env), file)));
  if (!first) throw new UserError(t.create.noPicture(files.join(', ')));
  const [picture] = await readPhotos([first]);
  return picture as Buffer;
}
