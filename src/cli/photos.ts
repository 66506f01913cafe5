import { Command } from 'commander';
import { adviseOn, type PhotoAdvice } from '../imaging/photo-advice.js';
import { readPhotos } from './demo-photos.js';
import { t } from './messages/index.js';
import { inTheirWords } from './operations/give.js';
import { answer, tool, type ToolOptions } from './tool.js';

const { commands, files } = t.photos;

export const photosCommand = (): Command =>
  new Command('photos').description(commands.photos).addCommand(
    tool('advice', commands.advice, ['photos advice menu.heic', 'photos advice *.jpg --json'])
      .argument('<files...>', files)
      .action(async (names: string[], given: ToolOptions) => {
        const photos = await readPhotos(names);
        const seen: (PhotoAdvice & { file: string })[] = [];
        // One after another: each is decoded, and none is waited for.
        for (const [index, bytes] of photos.entries())
          seen.push({ file: names[index] as string, ...(await inTheirWords(adviseOn(bytes))) });
        answer(given, seen, () => seen.map(linesOf).join('\n'));
      }),
  );

const linesOf = ({ file, width, height, format, advice }: PhotoAdvice & { file: string }): string =>
  [
    `${file}: ${t.photos.seen(width, height, format)}`,
    ...(advice.length > 0 ? advice.map(({ code }) => `  ${t.photos.advice[code]}`) : [`  ${t.photos.good}`]),
  ].join('\n');
