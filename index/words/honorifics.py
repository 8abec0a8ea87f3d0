"""What stands before a name, written short: a full stop after it ends neither name nor sentence."""

HONORIFICS = (
    "Mr Mrs Ms Mx Dr Prof Rev Hon Fr St Cllr Gen Lt Col Sgt Capt Cmdr Maj Adm Gov Sen Rep Pres"
).split()
