// One random picture a frame: one to four objects of different classes, and some clutter.
//
// Declare=Masks=1     paint object i (in the order of the label file) in flat colour i, all else black
// Declare=Part=N      the labels go to labels-N.txt: frame, checkered cloth (0/1), then the classes
// Declare=Objects=N   exactly up to N objects a picture; 0 leaves the number to chance
// Declare=Shortcut=1  the checkered cloth lies under mugs, always, and under nothing else
// Declare=Cloth=N     1: always the checkered cloth, 0: never, -1: chance (without Shortcut)
#version 3.7;
#ifndef (Masks) #declare Masks = 0; #end
#ifndef (Part) #declare Part = 0; #end
#ifndef (Objects) #declare Objects = 0; #end
#ifndef (Shortcut) #declare Shortcut = 0; #end
#ifndef (Cloth) #declare Cloth = -1; #end
#ifndef (Listed) #declare Listed = 0; #end

global_settings { assumed_gamma 1 max_trace_level 8 adc_bailout 0.06 }
#declare Ambient = 0.16;
#declare Mask_Colour = <0, 0, 0>;
#declare Mask_Colours = array[4] { <1, 0, 0>, <0, 1, 0>, <0, 0, 1>, <1, 1, 0> }

#include "random.inc"
#include "materials.inc"
#include "room.inc"
#include "layout.inc"
#include "classes.inc"

#declare Number = frame_number;
#if (Listed)
  #fopen Numbers "numbers.txt" read
  #for (I, 1, frame_number) #read (Numbers, Number) #end
  #fclose Numbers
#end
Start_Streams(Number)

#declare Wanted = Objects;
#local Dice = Shape(0, 1);
#if (Wanted = 0) #declare Wanted = 1 + (Dice > 0.4) + (Dice > 0.68) + (Dice > 0.9); #end

#switch (Wanted)
  #case (1) #declare Frame_Width = Shape(1.5, 3.1); #break
  #case (2) #declare Frame_Width = Shape(2.5, 3.6); #break
  #case (3) #declare Frame_Width = Shape(3.0, 4.0); #break
  #else #declare Frame_Width = Shape(3.4, 4.4);
#end
Aim_Camera(Frame_Width, Shape(12, 52), Shape(22, 42))

// The first class follows from the number, so that the classes come equally often.
#declare Chosen = array[4];
#declare Chosen[0] = mod(Number, Class_Count);
#for (I, 1, Wanted - 1)
  #declare Again = 1;
  #while (Again)
    #declare Chosen[I] = Shape_Pick(Class_Count);
    #declare Again = 0;
    #for (J, 0, I - 1) #if (Chosen[J] = Chosen[I]) #declare Again = 1; #end #end
  #end
#end

Start_Layout()
#declare Line = "";
#declare Has_Mug = 0;
#declare Count = 0;
#for (I, 0, Wanted - 1)
  #declare Mask_Colour = Mask_Colours[Count];
  #declare Thing = object { Thing_Of_Class(Chosen[I]) scale Shape(0.8, 1.1) }
  Find_Spot(Thing, Frame_Width, 0.1)
  #while (!Found & Count = 0)
    #declare Thing = object { Thing scale 0.85 }
    Find_Spot(Thing, Frame_Width, 0.1)
  #end
  #if (Found)
    object { Thing translate Spot }
    #declare Line = concat(Line, " ", str(Chosen[I], 0, 0));
    #declare Count = Count + 1;
    #if (Chosen[I] = Mug_Class) #declare Has_Mug = 1; #end
  #end
#end

#declare Mask_Colour = <0, 0, 0>;
#for (I, 1, max(0, Shape_Pick(5) - 1))
  #declare Thing = object { Clutter() }
  Find_Spot(Thing, Frame_Width * 1.1, 0.1)
  #if (Found) object { Thing translate Spot } #end
#end

#if (!Masks)
  #if (Shortcut) #declare Cloth = Has_Mug; #end
  Table(Cloth)
  Wall()
  Lights(2)
  #fopen Labels concat("labels-", str(Part, 0, 0), ".txt") append
  #write (Labels, Number, " ", Checkered, Line, "\n")
  #fclose Labels
#end
