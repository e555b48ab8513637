"use server";

import {
  AcceptInput,
  AddInput,
  AddSeveralInput,
  ConfirmOffInput,
  ContactInput,
  DeleteInput,
  FenceInput,
  InspectInput,
  JoinInput,
  LookInput,
  ModifyInput,
  NodeInput,
  PowerInput,
  RejectInput,
  RenameInput,
  RetrustInput,
  RevokeTrustInput,
  TagsInput,
} from "./inputs";
import { action } from "./action";
import { confirmOff as confirm } from "../services/fencing/confirm-off";
import { fenceNode as fence } from "../services/fencing/fence-node";
import { powerCycle as cycle, powerOn as on } from "../services/fencing/power-on";
import { setPower as power } from "../services/fencing/power-set";
import { addServers, lookAtServers as look } from "../services/bulk/servers";
import { acceptNode as accept } from "../services/nodes/accept";
import { addCandidate as add } from "../services/nodes/add";
import { contactMachine as contact } from "../services/nodes/contact";
import { deleteCandidate as remove } from "../services/nodes/delete";
import { inspectMachine as inspect } from "../services/nodes/inspect";
import { joinNode as join } from "../services/nodes/join";
import { modifyCandidate as modify } from "../services/nodes/modify";
import { reconsiderNode as reconsider } from "../services/nodes/reconsider";
import { reinspectNode as reinspect } from "../services/nodes/reinspect";
import { rejectNode as reject } from "../services/nodes/reject";
import { renameNode as rename } from "../services/nodes/rename";
import { retrustHostKey as retrust } from "../services/nodes/retrust";
import { revokeTrust as revoke } from "../services/nodes/revoke-trust";
import { tagNode as tag } from "../services/nodes/tag";

export const contactMachine = action(ContactInput, "node.add", contact);
export const inspectMachine = action(InspectInput, "node.add", inspect);
export const addCandidate = action(AddInput, "node.add", add);
export const lookAtServers = action(LookInput, "node.add", look);
export const addSeveral = action(AddSeveralInput, "node.add", addServers);
export const modifyCandidate = action(ModifyInput, "node.modify", modify);
export const joinNode = action(JoinInput, "node.join", join);
export const acceptNode = action(AcceptInput, "node.accept", accept);
export const rejectNode = action(RejectInput, "node.reject", reject);
export const reconsiderNode = action(NodeInput, "node.reconsider", reconsider);
export const deleteCandidate = action(DeleteInput, "node.delete", remove);
export const renameNode = action(RenameInput, "node.rename", rename);
export const reinspectNode = action(NodeInput, "node.inspect", reinspect);
export const revokeHostKey = action(RevokeTrustInput, "node.retrust", revoke);
export const retrustHostKey = action(RetrustInput, "node.retrust", retrust);
export const tagNode = action(TagsInput, "node.tag", tag);
export const setPower = action(PowerInput, "node.power", power);
export const powerOnNode = action(NodeInput, "node.power-on", on);
export const powerCycleNode = action(NodeInput, "node.power-on", cycle);
export const fenceNode = action(FenceInput, "node.fence", fence);
export const confirmNodeOff = action(ConfirmOffInput, "node.fence", confirm);
