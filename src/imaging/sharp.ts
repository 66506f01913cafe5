import sharp from 'sharp';

// One libvips thread per operation: several pictures are worked on side by side in one process, and threads beyond
// the cores only add memory and waiting. Everything here imports sharp from this file, so the setting always holds.
sharp.concurrency(1);
// Pictures are read once and dropped; a cache of past operations would only hold memory.
sharp.cache(false);
// What strangers send reaches three decoders and no other, whatever the file calls itself. The fourth is for drawings
// of our own making, which never are files: photos are sniffed before sharp sees them.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['VipsForeignLoadJpeg', 'VipsForeignLoadPng', 'VipsForeignLoadWebp', 'VipsForeignLoadSvgBuffer'],
});

export { sharp };
