/**
 * `node lib/launch/house-rules.mjs`: two rules that no linter knows. Every server action passes the one door, and nothing but the
 * closed table of commands is ever run on a machine.
 */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { root } from "./data-folder.mjs";

const DOORS = ["action", "openAction"];
const COMMAND_FIELDS = ["exec", "execSudo"];

/**
 * @param {string} [folder] a checkout
 * @returns {{ files: number, violations: string[] }} each violation with file and line
 */
export function checkHouse(folder = root) {
  const files = ["app", "components", "lib"].flatMap((name) => sources(folder, join(folder, name)));
  const parsed = files.filter(({ text }) => /use server|ssh2|\bas(User|Root)\b/.test(text)).map(parse);
  const violations = [...parsed.flatMap(doors), ...parsed.flatMap(commandLines), ...commands(parsed)];
  return { files: files.length, violations: violations.map(({ node, sentence }) => `${whereIs(node)}: ${sentence}`) };
}

const parse = ({ name, text }) =>
  ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true, name.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS);

function whereIs(node) {
  const source = node.getSourceFile();
  return `${source.fileName}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
}

function sources(folder, path) {
  if (!existsSync(path)) return [];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /(?<!\.test|\.d)\.tsx?$/.test(entry.name) && !/^testing[a-z-]*\.ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ name: relative(folder, file).split(sep).join("/"), text: readFileSync(file, "utf8") }))
    .filter(({ name }) => !name.startsWith("lib/generated/"));
}

/** A directive stands first in its file or function; anywhere else the words are only words. */
const isDirective = (node) =>
  ts.isExpressionStatement(node) && ts.isStringLiteral(node.expression) && node.expression.text === "use server";

/** Everything a "use server" file exports can be called by anybody who can reach the console. */
function doors(source) {
  const [first] = all(source).filter(isDirective);
  if (!first) return [];
  if (!source.fileName.startsWith("lib/actions/") || first.parent !== source) {
    return [{ node: first, sentence: `"use server" stands at the top of files of lib/actions only, so that every door is in one folder.` }];
  }
  const sentence = `What a "use server" file exports is built by ${DOORS.join("(...) or ")}(...) of lib/actions/action.ts; this would be a door without a guard.`;
  return source.statements
    .filter((statement) => isExported(statement) && !isGuarded(statement, source))
    .map((node) => ({ node, sentence }));
}

function isExported(statement) {
  if (ts.isExportDeclaration(statement)) return !statement.isTypeOnly;
  if (ts.isTypeAliasDeclaration(statement) || ts.isInterfaceDeclaration(statement)) return false;
  return ts.isExportAssignment(statement) || Boolean(statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword));
}

function isGuarded(statement, source) {
  if (!ts.isVariableStatement(statement)) return false;
  const imported = source.statements
    .filter((node) => ts.isImportDeclaration(node) && /(^\.|\/actions)\/action$/.test(node.moduleSpecifier.text))
    .flatMap((node) => node.importClause?.namedBindings?.elements ?? [])
    .filter(({ name, propertyName }) => !propertyName && DOORS.includes(name.text));
  return statement.declarationList.declarations.every(
    ({ initializer }) =>
      initializer && ts.isCallExpression(initializer) && imported.some(({ name }) => name.text === initializer.expression.getText()),
  );
}

/** In the files that hold a connection: what is run on it comes from the table, through whatever hands it on. */
function commands(parsed) {
  const files = parsed.filter((source) => source.fileName.startsWith("lib/machines/") && imports(source, "ssh2"));
  const calls = files.flatMap(all).filter((node) => calledName(node) === "exec" && !isPattern(node.expression.expression));
  const sentence = "What is run on a machine is a command of the table in lib/machines/commands.ts, as it stands there.";
  return calls.filter((call) => !isCommand(call.arguments[0], files)).map((node) => ({ node, sentence }));
}

const imports = (source, name) => source.statements.some((node) => ts.isImportDeclaration(node) && node.moduleSpecifier.text === name);
/** A regular expression has an exec too; by our convention a constant one is written in capitals. */
const isPattern = (node) => Boolean(node) && (ts.isRegularExpressionLiteral(node) || /^[A-Z][A-Z0-9_]*$/.test(node.getText()));

function calledName(node) {
  if (!ts.isCallExpression(node)) return undefined;
  return ts.isPropertyAccessExpression(node.expression) ? node.expression.name.text : node.expression.getText();
}

/** `command.exec`, `command.execSudo`, a choice between them, a constant that holds one, or a field that every caller fills with one. */
function isCommand(node, files) {
  if (!node) return false;
  if (ts.isParenthesizedExpression(node)) return isCommand(node.expression, files);
  if (ts.isPropertyAccessExpression(node)) return COMMAND_FIELDS.includes(node.name.text);
  if (ts.isConditionalExpression(node)) return isCommand(node.whenTrue, files) && isCommand(node.whenFalse, files);
  if (!ts.isIdentifier(node)) return false;
  const declared = all(node.getSourceFile()).filter(
    (found) => (ts.isVariableDeclaration(found) || ts.isBindingElement(found)) && found.name.getText() === node.text,
  );
  if (declared.length !== 1) return false;
  const [{ initializer, parent }] = declared;
  if (ts.isVariableDeclaration(declared[0])) return Boolean(parent.flags & ts.NodeFlags.Const) && isCommand(initializer, files);
  const taker = ts.isParameter(parent.parent) ? parent.parent.parent.name?.text : undefined;
  const given = taker ? files.flatMap(all).filter((call) => calledName(call) === taker) : [];
  return given.length > 0 && given.every((call) => isCommand(fieldOf(call, node.text), files));
}

/** What a call gives for a field of its object. */
function fieldOf(call, field) {
  const properties = call.arguments.filter(ts.isObjectLiteralExpression).flatMap((object) => [...object.properties]);
  const given = properties.find(({ name }) => name?.getText() === field);
  return given && ts.isPropertyAssignment(given) ? given.initializer : given?.name;
}

/** A command line is made once, when the table is, from a constant script. */
function commandLines(source) {
  if (source.fileName === "lib/machines/shell.ts" || source.fileName === "lib/machines/commands.ts") return [];
  const sentence = "Only lib/machines/commands.ts makes command lines; what varies goes in on standard input.";
  return all(source)
    .filter((node) => ts.isImportSpecifier(node) && /^as(User|Root)$/.test((node.propertyName ?? node.name).text))
    .map((node) => ({ node, sentence }));
}

/** Every node below this one. */
function all(node) {
  const found = [];
  const visit = (child) => {
    found.push(child);
    ts.forEachChild(child, visit);
  };
  ts.forEachChild(node, visit);
  return found;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { files, violations } = checkHouse();
  for (const line of violations) console.log(line);
  console.log(`${files} files, ${violations.length} violations`);
  process.exitCode = violations.length || files === 0 ? 1 : 0;
}
