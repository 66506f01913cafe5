import sharp from 'sharp';

// One libvips thread per operation: several pictures are worked on side by side in one process, and threads beyond
// the cores only add memory and waiting. Everything here imports sharp from this file, so the setting always holds.
sharp.concurrency(1);
// Pictures are read once and dropped; a cache of past operations would only hold memory.
sharp.cache(false);

export { sharp };
