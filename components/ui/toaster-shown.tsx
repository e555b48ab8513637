"use client";

import { CircleCheck, Info, LoaderCircle, OctagonX, TriangleAlert, X } from "lucide-react";
import { useEffect } from "react";
import { toast, Toaster as Sonner } from "sonner";
import { toasterStands } from "./toast";

const ICONS = {
  success: <CircleCheck size={16} />,
  error: <OctagonX size={16} />,
  warning: <TriangleAlert size={16} />,
  info: <Info size={16} />,
  loading: <LoaderCircle size={16} className="animate-turn" />,
  close: <X size={14} />,
};

const DURATION_MS = 6_000;

export function ToasterShown() {
  // Sonner forgets what is raised before it stands; its own effects have run when this one does.
  useEffect(() => toasterStands(toast), []);
  return (
    <Sonner
      position="bottom-right"
      containerAriaLabel="Notifications"
      duration={DURATION_MS}
      visibleToasts={4}
      gap={8}
      closeButton
      icons={ICONS}
      toastOptions={{ unstyled: true, className: "toast", closeButtonAriaLabel: "Dismiss notification" }}
    />
  );
}
