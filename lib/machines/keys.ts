import ssh2 from "ssh2";

/** A key pair of Regent's own for one node: the private half as OpenSSH PEM, the public half as a line of authorized_keys. */
export type NodeKeyPair = { privateKey: string; authorizedKey: string };

/**
 * Makes an ed25519 pair. The line forbids terminals and forwarding; `from` (patterns of authorized_keys' from="…") limits where
 * the key is accepted from, empty accepts any place.
 */
export function generateNodeKey({ comment, from }: { comment: string; from: string }): NodeKeyPair {
  const pair = readablePair();
  const safeComment = comment.replace(/[^A-Za-z0-9._@-]/g, "-").slice(0, 80);
  const options = from ? `restrict,from="${from.replace(/[^0-9a-fA-F.:/*,!]/g, "")}"` : "restrict";
  const [type, body] = pair.public.split(" ");
  return { privateKey: pair.private, authorizedKey: `${options} ${type} ${body} ${safeComment}` };
}

/** ssh2 1.17 drops a leading zero byte of the key now and then (about 1 in 200), and can not read the result back. */
function readablePair(): ReturnType<typeof ssh2.utils.generateKeyPairSync> {
  for (;;) {
    const pair = ssh2.utils.generateKeyPairSync("ed25519");
    if (!(ssh2.utils.parseKey(pair.private) instanceof Error)) return pair;
  }
}
