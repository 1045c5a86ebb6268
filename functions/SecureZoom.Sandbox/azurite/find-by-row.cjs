// Azurite asks its database (LokiJS) for a row by partition first, and only the first condition uses an index: with all rows in one
// partition, as in a long trail, each look-up would read them all. The row key first finds the same row at once.
const { Collection } = require("lokijs");

const findOne = Collection.prototype.findOne;
Collection.prototype.findOne = function ({ RowKey, ...others }) {
  return findOne.call(this, RowKey === undefined ? others : { RowKey, ...others });
};
