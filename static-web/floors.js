/** The folders of src from the ground up: each may import what lies below it, and nothing beside or above it. */
export const floors = [
  ['format'],
  ['ui'],
  ['chart', 'config'],
  ['api'],
  ['identity'],
  ['me'],
  ['trail'],
  ['audit', 'home', 'join', 'meetings', 'room', 'security', 'verify'],
  ['app'],
];
