import type { ScriptedLine } from './written-talk.ts';

interface WrittenScript {
  readonly talk: readonly ScriptedLine[];
  readonly goodbye: readonly ScriptedLine[];
}

/** A web chat: somebody who does not exist asks for a flat that does not either. */
export const aboutAFlat: WrittenScript = {
  talk: [
    { by: 'agent', afterSeconds: 2, words: 'Hello and welcome to Example Housing. How can I help?' },
    { by: 'customer', afterSeconds: 9, words: 'Hi! Is the two-bedroom on Fourth Street still free? 🏠' },
    {
      by: 'agent',
      afterSeconds: 12,
      words: 'It is. It has:\n- two bedrooms\n- a balcony\n- a cat flap, if that matters',
    },
    { by: 'customer', afterSeconds: 15, words: 'Größe? And the rent, s’il vous plaît?' },
    { by: 'agent', afterSeconds: 14, words: '64 m², 1,150 a moth.', editedTo: '64 m², 1,150 a month.' },
    {
      by: 'agent',
      afterSeconds: 4,
      words: 'Here is the floor plan.',
      file: { name: 'floor plan (2).pdf', type: 'application/pdf', sizeBytes: 184_320 },
    },
    { by: 'customer', afterSeconds: 11, words: 'Perfect. “2026-11-20 09:00:00  ada: it is yours” 😄' },
  ],
  goodbye: [{ by: 'agent', afterSeconds: 4, words: 'Have a nice day!' }],
};

/** Texts about a tap, with a picture and no words to it. */
export const aboutATap: WrittenScript = {
  talk: [
    { by: 'customer', afterSeconds: 3, words: 'The kitchen tap drips.\nSince Monday!' },
    { by: 'agent', afterSeconds: 14, words: 'Sorry to hear that. Can you send a photo?' },
    { by: 'customer', afterSeconds: 20, file: { name: 'IMG_0143.jpg', type: 'image/jpeg', sizeBytes: 2_411_008 } },
    { by: 'agent', afterSeconds: 16, words: 'Thanks. Somebody comes on Friday between 8 and 10.' },
    { by: 'customer', afterSeconds: 12, words: 'ok 👍🏽' },
  ],
  goodbye: [{ by: 'agent', afterSeconds: 5, words: 'Until Friday then.' }],
};
