"use client";

import { X } from "lucide-react";
import { useId } from "react";
import type { ComponentProps, ReactNode } from "react";
import { Button } from "./button";
import type { ButtonProps } from "./button";
import { Callout } from "./callout";
import { DialogDiscard } from "./dialog-discard";
import { PortalContext } from "./portal";
import { DialogCloseContext, useDialog, useDialogClose } from "./use-dialog";

export type DialogProps = {
  open: boolean;
  /** Called when a person closes it, after the question about typed text. */
  onClose: () => void;
  title: ReactNode;
  description?: ReactNode;
  /** Stands below the title, e.g. a wizard's steps. */
  header?: ReactNode;
  size?: "small" | "medium" | "large";
  /** Waiting for an answer: nothing closes it. */
  busy?: boolean;
  /** Whether closing would lose something. Left out, it is whether anything was typed since it opened. */
  dirty?: boolean;
  /** What it shows is not shown again: its buttons close it, but no stray key and no press beside it. */
  once?: boolean;
  /** A wizard's step: when it changes, focus goes to the first field of the new page. */
  page?: string | number;
  /** Why the last attempt was refused, and what to do. */
  refusal?: { reason: ReactNode; hint?: ReactNode; actions?: ReactNode } | null | undefined;
  /** Buttons, the main one last. A button at the start takes `className="me-auto"`. */
  footer: ReactNode;
  /** Given, the dialog is a form: body and footer are inside it. */
  form?: Omit<ComponentProps<"form">, "children" | "className">;
  children: ReactNode;
};

export function Dialog({ open, onClose, size = "medium", busy = false, dirty, once = false, page, ...content }: DialogProps) {
  const id = useId();
  const { dialog, setDialog, title, asking, keep, requestClose, handlers } = useDialog({ open, busy, dirty, once, page, onClose });
  const question = asking ? <DialogDiscard onKeep={keep} onDiscard={onClose} /> : null;
  return (
    <dialog
      ref={setDialog}
      data-size={size}
      className="dialog"
      aria-labelledby={`${id}-title`}
      aria-describedby={content.description ? `${id}-description` : undefined}
      aria-busy={busy || undefined}
      {...handlers}
    >
      {open && (
        <PortalContext value={dialog}>
          <DialogCloseContext value={requestClose}>
            <DialogContent {...content} id={id} titleRef={title} busy={busy} question={question} />
          </DialogCloseContext>
        </PortalContext>
      )}
    </dialog>
  );
}

type ContentProps = Pick<DialogProps, "title" | "description" | "header" | "busy" | "refusal" | "footer" | "form" | "children"> & {
  id: string;
  titleRef: ComponentProps<"h2">["ref"];
  question: ReactNode;
};

function DialogContent({ id, title, titleRef, description, header, busy, refusal, footer, form, question, children }: ContentProps) {
  const parts = (
    <>
      <div className="flex items-start gap-3 px-5 pt-4 pb-3">
        <div className="grid min-w-0 flex-1 gap-1.5">
          <h2 ref={titleRef} id={`${id}-title`} tabIndex={-1} className="text-xl leading-8 font-semibold wrap-anywhere outline-none">
            {title}
          </h2>
          {header}
          {description && (
            <div id={`${id}-description`} className="text-muted">
              {description}
            </div>
          )}
        </div>
        <DialogX disabled={busy ?? false} />
      </div>
      <div className="relative min-h-0 flex-1 overflow-y-auto overscroll-contain px-5 pt-1 pb-5">{children}</div>
      {refusal && (
        <div className="max-h-[35dvh] overflow-y-auto border-t border-line px-5 py-3">
          <Callout kind="danger" role="alert" title={refusal.reason} actions={refusal.actions}>
            {refusal.hint}
          </Callout>
        </div>
      )}
      <div className="border-t border-line bg-panel px-5 py-3">
        {question}
        <div className={question ? "hidden" : "flex flex-wrap items-center justify-end gap-2"}>{footer}</div>
      </div>
    </>
  );
  if (!form) return <div className={COLUMN}>{parts}</div>;
  return (
    <form noValidate {...form} className={COLUMN}>
      {parts}
    </form>
  );
}

const COLUMN = "flex min-h-0 w-full flex-col";

function DialogX({ disabled }: { disabled: boolean }) {
  const close = useDialogClose();
  return (
    <Button
      variant="ghost"
      size="icon"
      aria-label="Close"
      aria-disabled={disabled || undefined}
      onClick={close}
      className="-me-2 text-muted"
    >
      <X aria-hidden size={16} />
    </Button>
  );
}

/** Closes the dialog it stands in, by the same rules as Escape. */
export function DialogCancel({ children = "Cancel", ...rest }: Omit<ButtonProps, "onClick">) {
  const close = useDialogClose();
  return (
    <Button {...rest} onClick={close}>
      {children}
    </Button>
  );
}
