// Azurite keeps rows in a database (LokiJS) that has indexes of partition and row keys, and hardly uses them: with many rows in one table,
// as of long trails, each look-up and each query would read them all.
const { Collection, Resultset } = require("lokijs");
const { default: Queries } = require("azurite/dist/src/table/persistence/LokiTableStoreQueryGenerator");
const { default: parse } = require("azurite/dist/src/table/persistence/QueryInterpreter/QueryParser");

// A look-up asks for the partition first, and only the first condition uses an index: in one long partition the row key first finds the
// row at once.
const findOne = Collection.prototype.findOne;
Collection.prototype.findOne = function ({ RowKey, ...others }) {
  return findOne.call(this, RowKey === undefined ? others : { RowKey, ...others });
};

// A query is a function that each row is asked with: where it wants one partition, only that one's rows are.
const partitions = new WeakMap();
const generate = Queries.generateQueryEntityWhereFunction;
Queries.generateQueryEntityWhereFunction = (query) => {
  const matches = generate(query);
  const partition = query ? partitionOf(parse(query)) : undefined;
  if (partition !== undefined) {
    partitions.set(matches, partition);
  }

  return matches;
};
const where = Resultset.prototype.where;
Resultset.prototype.where = function (matches) {
  const partition = partitions.get(matches);
  return where.call(partition === undefined ? this : this.find({ PartitionKey: partition }), matches);
};

function partitionOf({ name, left, right }) {
  switch (name) {
    case "and":
      return partitionOf(left) ?? partitionOf(right);
    case "eq":
      return left.identifier === "PartitionKey" && right.name === "constant" ? right.value : undefined;
    default:
      return undefined;
  }
}
