/** Runs while the page is read, before anything is painted; stands in `<head>`. `code` is ours and holds nothing that was typed. */
export function InlineScript({ nonce, code }: { nonce: string | undefined; code: string }) {
  return <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: code }} />;
}
