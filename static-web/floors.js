/** The folders of src from the ground up: each may import what lies below it, and nothing beside or above it. */
export const floors = [
  ['format'],
  ['ui'],
  ['config'],
  ['api'],
  ['identity'],
  ['me'],
  ['audit', 'home', 'join', 'meetings', 'room', 'verify'],
  ['app'],
];
