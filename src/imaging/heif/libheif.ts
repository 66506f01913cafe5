import { createRequire } from 'node:module';

/** A picture as libheif hands it out: turned and cropped as its file says, eight bits a channel. */
export interface HeifPicture {
  width: number;
  height: number;
  /** RGB, 3 bytes a pixel; a view of the library's memory, good until the next call. */
  rgb: Buffer;
  colours: HeifColours;
}

/** How the numbers are meant: an ICC profile, or code points of ITU-T H.273, or nothing said. */
export interface HeifColours {
  icc?: Buffer;
  primaries?: number;
  transfer?: number;
}

/** The file cannot be decoded; the message is the library's. */
export class HeifError extends Error {
  override readonly name = 'HeifError';
}

/** The C interface of libheif as compiled to WebAssembly: pointers are numbers, structs come through the first argument. */
interface LibHeif {
  HEAPU8: Uint8Array;
  HEAPU32: Uint32Array;
  _malloc(size: number): number;
  _heif_context_alloc(): number;
  _heif_context_read_from_memory(error: number, context: number, bytes: number, size: number, options: number): void;
  _heif_context_get_primary_image_handle(error: number, context: number, handle: number): void;
  _heif_image_handle_get_width(handle: number): number;
  _heif_image_handle_get_height(handle: number): number;
  _heif_image_handle_get_raw_color_profile_size(handle: number): number;
  _heif_image_handle_get_raw_color_profile(error: number, handle: number, bytes: number): void;
  _heif_image_handle_get_nclx_color_profile(error: number, handle: number, profile: number): void;
  _heif_decoding_options_alloc(): number;
  _heif_decode_image(
    error: number,
    handle: number,
    image: number,
    space: number,
    chroma: number,
    options: number,
  ): void;
  _heif_image_get_plane_readonly2(image: number, channel: number, stride: number): number;
}

const SPACE_RGB = 1;
const CHROMA_INTERLEAVED_RGB = 10;
const CHANNEL_INTERLEAVED = 10;
/** Places in `heif_decoding_options` (32-bit pointers): HDR to eight bits, and errors instead of grey tiles. */
const CONVERT_HDR_TO_8BIT = 20;
const STRICT_DECODING = 21;

/** What is known of the file's main picture before a pixel is decoded, and how to decode it. */
export interface OpenHeif {
  width: number;
  height: number;
  colours: HeifColours;
  /** @throws HeifError */
  decode(): HeifPicture;
}

/**
 * Opens a HEIF file. Nothing is freed: meant for a process that reads one picture and ends.
 * @throws HeifError when the file is damaged or has no main picture.
 */
export function openHeif(bytes: Buffer): OpenHeif {
  // The package's `wasm.js` looks for its binary in the working directory; the bundle carries it inside.
  const load = createRequire(import.meta.url)('libheif-js/libheif-wasm/libheif-bundle.js') as () => LibHeif;
  const lib = load();
  const error = lib._malloc(16);
  const checked = (call: () => void): void => {
    call();
    if (lib.HEAPU32[error >> 2] !== 0) throw new HeifError(textAt(lib, lib.HEAPU32[(error >> 2) + 2] as number));
  };
  const pointerFrom = (call: (place: number) => void): number => {
    const place = lib._malloc(8);
    checked(() => call(place));
    return lib.HEAPU32[place >> 2] as number;
  };

  const input = lib._malloc(bytes.length);
  lib.HEAPU8.set(bytes, input);
  const context = lib._heif_context_alloc();
  checked(() => lib._heif_context_read_from_memory(error, context, input, bytes.length, 0));
  const handle = pointerFrom((place) => lib._heif_context_get_primary_image_handle(error, context, place));
  const [width, height] = [lib._heif_image_handle_get_width(handle), lib._heif_image_handle_get_height(handle)];
  const colours = coloursOf(lib, handle, error);

  return {
    width,
    height,
    colours,
    decode() {
      const options = lib._heif_decoding_options_alloc();
      lib.HEAPU8[options + CONVERT_HDR_TO_8BIT] = 1;
      lib.HEAPU8[options + STRICT_DECODING] = 1;
      const image = pointerFrom((place) =>
        lib._heif_decode_image(error, handle, place, SPACE_RGB, CHROMA_INTERLEAVED_RGB, options),
      );
      const stridePlace = lib._malloc(8);
      const pixels = lib._heif_image_get_plane_readonly2(image, CHANNEL_INTERLEAVED, stridePlace);
      const stride = lib.HEAPU32[stridePlace >> 2] as number;
      // Rows end on round addresses; moved together where they are, a second copy of the picture is spared.
      for (let y = 1; y < height && stride !== width * 3; y++) {
        lib.HEAPU8.copyWithin(pixels + y * width * 3, pixels + y * stride, pixels + y * stride + width * 3);
      }
      return { width, height, rgb: Buffer.from(lib.HEAPU8.buffer, pixels, width * height * 3), colours };
    },
  };
}

function coloursOf(lib: LibHeif, handle: number, error: number): HeifColours {
  const size = lib._heif_image_handle_get_raw_color_profile_size(handle);
  const place = lib._malloc(size + 8);
  if (size > 0) {
    lib._heif_image_handle_get_raw_color_profile(error, handle, place);
    return { icc: Buffer.from(lib.HEAPU8.slice(place, place + size)) };
  }
  lib._heif_image_handle_get_nclx_color_profile(error, handle, place);
  // No such profile is an error too, and nothing wrong.
  if (lib.HEAPU32[error >> 2] !== 0) return {};
  const profile = (lib.HEAPU32[place >> 2] as number) >> 2;
  return { primaries: lib.HEAPU32[profile + 1] as number, transfer: lib.HEAPU32[profile + 2] as number };
}

const textAt = ({ HEAPU8 }: LibHeif, place: number): string =>
  Buffer.from(HEAPU8.subarray(place, HEAPU8.indexOf(0, place))).toString('utf8');
