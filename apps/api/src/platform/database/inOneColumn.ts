/**
 * The same rows, each as JSON in a single column `row`, where instants are ISO 8601 and need `toDate` all the same. The
 * driver takes every column's name, type and place anew for every answer; for a row of a dozen, asked at every request,
 * parsing JSON is cheaper.
 */
export function inOneColumn(select: string): string {
  return `select to_json(found) as row from (${select}) found`
}
