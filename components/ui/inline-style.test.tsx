import { renderToString } from "react-dom/server";
import { expect, it } from "vitest";
import { Badge } from "./badge";
import { Button } from "./button";
import { Callout } from "./callout";
import { Checkbox } from "./checkbox";
import { CopyText } from "./copy-text";
import { Dialog } from "./dialog";
import { Field } from "./field";
import { Input } from "./input";
import { Ladder } from "./ladder";
import { Menu, MenuItem } from "./menu";
import { PasswordInput } from "./password-input";
import { Popover } from "./popover";
import { ProgressSteps } from "./progress-steps";
import { RelativeTime } from "./relative-time";
import { SkeletonRows } from "./skeleton";
import { ThemeToggle } from "./theme-toggle";
import { Toaster } from "./toaster";
import { Tooltip } from "./tooltip";

const PAGE = (
  <>
    <Badge tone="danger" weight="solid">
      Failed
    </Badge>
    <Button disabledReason="Not now.">OK</Button>
    <Callout kind="warning">Careful.</Callout>
    <Checkbox label="All" indeterminate />
    <CopyText text="SHA256:x" name="fingerprint" />
    <Field label="IP">{(control) => <Input {...control} />}</Field>
    <Field label="Password">{(control) => <PasswordInput {...control} />}</Field>
    <Ladder label="Test" rungs={[{ id: "tcp", label: "TCP", state: "running" }]} />
    <Menu trigger={<Button>Actions</Button>}>
      <MenuItem>Rename</MenuItem>
    </Menu>
    <Popover label="Account" trigger={<Button>admin</Button>}>
      <ThemeToggle />
    </Popover>
    <ThemeToggle />
    <ProgressSteps steps={["A", "B"]} current={1} />
    <RelativeTime value={0} />
    <table>
      <tbody>
        <SkeletonRows columns={3} />
      </tbody>
    </table>
    <Tooltip text="Help">
      <Button>?</Button>
    </Tooltip>
    <Dialog open onClose={() => {}} title="Rename Node" footer={<Button>OK</Button>}>
      Name
    </Dialog>
    <Toaster />
  </>
);

/** The content security policy of the console blocks style attributes and style elements that come with the page. */
it("the server's page carries no inline style", () => {
  const html = renderToString(PAGE);
  expect(html).toContain("SHA256:x");
  expect(html).not.toMatch(/\sstyle=|<style/);
});
