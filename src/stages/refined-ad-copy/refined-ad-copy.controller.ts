import { Body, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { nameOfFace } from '../../imaging/fonts.js';
import { drawableText, faceOfText } from '../../typography/drawable-text.js';
import { faceByName, faceForTone } from '../../typography/faces-by-name.js';
import { badRequest } from '../common/refusal.js';
import { BodyPipe } from '../http/body-pipe.js';
import { ReadingEndpoint } from '../http/stage-endpoint.js';
import { refinedAdCopyAnswer, refinedAdCopyBody, type RefinedAdCopyBody } from './refined-ad-copy.schema.js';

@ApiTags('without effect on rows')
@Controller('api/yh/refined-ad-copy')
export class RefinedAdCopyController {
  @ReadingEndpoint(
    'A text as it can be drawn, and its font',
    'The original answers the trimmed text and the first font of the request, whether or not it has that font. Here the font is the one the overlay draws with when it is asked for the first of these, and a text it cannot draw is refused.',
    refinedAdCopyAnswer,
  )
  handle(
    @Body({ schema: refinedAdCopyBody, pipes: [new BodyPipe()] }) body: RefinedAdCopyBody,
  ): z.infer<typeof refinedAdCopyAnswer> {
    const { text, omitted } = drawableText(body.text.replace(/\s+/gu, ' '));
    if (text === '') throw badRequest('text is empty; there is nothing to draw');
    if (omitted.length > 0)
      throw badRequest(`no face has a glyph for ${omitted.map((sign) => `"${sign}"`).join(', ')}; leave them out`);
    const wished = body.fonts?.[0] ?? null;
    const face = faceOfText(text, faceByName(wished) ?? faceForTone(wished));
    return { text, font: nameOfFace(face) };
  }
}
